/**
 * Which releases compute here. The build puts them down, because a library that is repackaged in
 * another jar no longer knows its own. Spark is what runs this jar, and says so itself to those who
 * know it. Imports nothing.
 */
package io.sparkdistill.software;
