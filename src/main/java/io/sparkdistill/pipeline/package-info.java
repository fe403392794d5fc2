/**
 * What each command does, in order. A stage reads what earlier stages have published, never their
 * memory; says that it is up to date when its inputs are those of its newest version; and publishes
 * once, at its end. Imports every package but {@code cli}.
 */
package io.sparkdistill.pipeline;
