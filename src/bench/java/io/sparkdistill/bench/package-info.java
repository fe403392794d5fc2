/**
 * What {@code jobs/bench} starts: measurements, compiled in the Maven profile {@code bench} only.
 * Systems whose libraries clash run in JVMs of their own, which wait while another one is measured.
 * Depends on the public classes of {@code pipeline} and {@code config}, as the command line does.
 */
package io.sparkdistill.bench;
