package io.sparkdistill.pipeline;

import io.sparkdistill.pipeline.run.Result;

/**
 * What a command ends with for one head.
 *
 * @param head its name
 * @param result as that of a student of its own
 */
public record HeadResult(String head, Result result) {}
