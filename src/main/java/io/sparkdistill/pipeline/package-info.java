/**
 * What each command does, in order. A stage reads what earlier stages have published, never their
 * memory; says that it is up to date when its newest version is what it would publish; and
 * publishes once, at its end. A stage that labels plans by splits of its input, and does only what
 * no shard covers. Imports every package but {@code cli}, {@code ml}, {@code layers} and {@code
 * columnar}; Spark, Hadoop and progressbar.
 */
package io.sparkdistill.pipeline;
