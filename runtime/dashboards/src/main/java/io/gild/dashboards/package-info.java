/**
 * Dashboards for Grafana and alert rules for Prometheus, made from the meters that modules declare.
 */
@NullMarked
package io.gild.dashboards;

import org.jspecify.annotations.NullMarked;
