/** The annotations that put an agent's methods under policies. They depend on nothing. */
module io.gild.annotations {
  exports io.gild.annotations;
}
