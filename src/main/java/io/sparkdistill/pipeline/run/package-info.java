/**
 * What every stage of a run stands on: the context, the outcome, who is told how far it is, a
 * request to stop, job groups, digests of inputs, versions of software, settings of Spark. A stage
 * reads what earlier stages have published, never their memory; says that it is up to date when its
 * newest version is what it would publish; and publishes once, at its end. Imports {@code
 * evaluation}, {@code export}, {@code training}, {@code storage}, {@code config}, {@code software},
 * {@code failure}; Spark, Hadoop and progressbar.
 */
package io.sparkdistill.pipeline.run;
