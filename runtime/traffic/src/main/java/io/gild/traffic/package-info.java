/**
 * Engines that give a version its share of the traffic: HAProxy on one host, and Kubernetes'
 * Gateway API.
 */
@NullMarked
package io.gild.traffic;

import org.jspecify.annotations.NullMarked;
