/**
 * What can go wrong, typed by what the caller can do next: correct the configuration, correct the
 * input, look at the output first, wait for another run, or try again. Every message reads "Cannot
 * verb what, why: value. What to do." and stands alone, without a stack trace. Imports nothing.
 */
package io.sparkdistill.failure;
