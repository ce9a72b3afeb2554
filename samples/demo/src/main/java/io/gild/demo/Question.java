package io.gild.demo;

/**
 * A question of a customer.
 *
 * @param id its place in the stream
 * @param text what the customer wrote
 * @param intent what is truly meant; "oos" if it is out of the desk's scope
 */
record Question(String id, String text, String intent) {}
