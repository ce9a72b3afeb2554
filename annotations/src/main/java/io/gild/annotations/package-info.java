/**
 * What people write on their agents: policies, golden tasks and the roles of parameters.
 *
 * <p>These types depend on nothing and do nothing by themselves; the compiler module turns them
 * into wrappers, a registry and golden tests, and the javaagent weaves the same behaviour into
 * classes that were compiled without it.
 */
package io.gild.annotations;
