/** The shortest agent that shows what annotations do. */
package com.acme.quickstart;
