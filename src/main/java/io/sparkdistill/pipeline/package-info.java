/**
 * What each command does, in order. A stage reads what earlier stages have published, never their
 * memory; says that it is up to date when its newest version is what it would publish; and
 * publishes once, at its end. A stage that labels plans by splits of its input, and does only what
 * no shard covers. Imports {@code report}, {@code tuning}, {@code release}, {@code evaluation},
 * {@code export}, {@code training}, {@code training.frequency}, {@code training.rows}, {@code
 * softtargets}, {@code softtargets.codec}, {@code teacher}, {@code student}, {@code objective},
 * {@code examples}, {@code storage}, {@code config}, {@code math}, {@code failure}; Spark, Hadoop
 * and progressbar.
 */
package io.sparkdistill.pipeline;
