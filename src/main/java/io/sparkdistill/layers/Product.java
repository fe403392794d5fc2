package io.sparkdistill.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of matrices by oneDNN where the native build has it. With two threads on one processor
 * it is faster than the BLAS behind {@link Nd4j#gemm}, most of all into a row-major result. The
 * builds without it multiply by BLAS, with the same result.
 */
final class Product {
  private Product() {}

  /** Overwrites a result, [m, n], with the product of [m, k] and [k, n]. */
  static void of(INDArray a, INDArray b, INDArray result) {
    Nd4j.getExecutioner()
        .exec(DynamicCustomOp.builder("matmul").addInputs(a, b).addOutputs(result).build());
  }
}
