/** A newsroom: a coordinator lets three agents research, write and review articles. */
@NullMarked
package com.acme.newsroom;

import org.jspecify.annotations.NullMarked;
