/**
 * Publishing files so that they are there whole or not at all: Hadoop file systems, checksums,
 * manifests, locks. Imports {@code failure}; Hadoop and Jackson; nothing of Spark.
 *
 * <p>A stage's directory looks like this:
 *
 * <pre>
 * student/versions/2.json         created exclusively, the one commit point of version 2
 * student/files/ATTEMPT/...       what it lists; never written again
 * student/manifest.json           a copy of the newest version, for people and tools
 * student/student.zip             likewise
 * student/holds/2-UUID.json       a reader of version 2, which keeps it from being pruned
 * student/pruned/1.json           version 1, of which readers find nothing and files may be left
 * checkpoints/student/            versions and files likewise, of work that is not done yet
 * </pre>
 *
 * What goes to others is simpler, a folder a version, which is there when its manifest is:
 *
 * <pre>
 * versions/000002/manifest.json   created exclusively, after the files that it lists
 * versions/000002/student.zip     created exclusively; never changed
 * </pre>
 *
 * Readers begin at a version and open what it lists, after checking size and SHA-256; no reader
 * ever finds files by listing a directory of data.
 */
package io.sparkdistill.storage;
