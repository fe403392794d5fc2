/**
 * Students for others: whether one is better than what is in use, numbered versions with a model
 * card, the pointer to the version that is in use and its history. Plain classes; what they know of
 * models they get as metrics and manifests. Imports {@code evaluation}, {@code storage}, {@code
 * config}, {@code text}, {@code failure}; Hadoop; nothing of Spark.
 *
 * <p>A place where students are released looks like this:
 *
 * <pre>
 * current                         one line, 000002: the version that is in use
 * versions/000002/manifest.json   version 2 is there when this is
 * versions/000002/student.zip     beside metrics.json, model-card.md and decision.json
 * history/000003.json             the third change of what is in use; created exclusively
 * </pre>
 *
 * The last entry of the history decides what is current. The pointer follows it, and is set right
 * by the next command where one was killed between the two.
 */
package io.sparkdistill.release;
