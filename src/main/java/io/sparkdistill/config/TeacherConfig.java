package io.sparkdistill.config;

import java.util.Optional;

/**
 * A teacher that is an ONNX file.
 *
 * @param onnx its file, a Hadoop URI or a relative local path
 * @param input the name of its input, where it has several
 * @param output the name of its output of logits, where it has several
 */
public record TeacherConfig(String onnx, Optional<String> input, Optional<String> output) {}
