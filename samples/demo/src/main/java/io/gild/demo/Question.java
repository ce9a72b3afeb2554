package io.gild.demo;

/**
 * A question of a customer.
 *
 * @param id its place in the stream
 * @param text what the customer wrote
 * @param intent the true intent; "oos" if it is out of the desk's scope
 */
record Question(String id, String text, String intent) {}
