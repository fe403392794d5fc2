/** Small outputs of each schema version, which stay so that later builds are tried on them. */
package io.sparkdistill.golden;
