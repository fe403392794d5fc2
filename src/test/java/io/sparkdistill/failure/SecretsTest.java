package io.sparkdistill.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials do not leave, and what is none stays readable. */
class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "s3a://key:secret@bucket/path, s3a://***@bucket/path",
    "s3a://key@bucket/path, s3a://***@bucket/path",
    "https://host/x?X-Amz-Credential=AKIA%2F1&a=1, https://host/x?X-Amz-Credential=***&a=1",
    "abfss://a:b@account.dfs.core.windows.net/x, abfss://***@account.dfs.core.windows.net/x",
    "https://host/x?sig=abc%2F&se=2030, https://host/x?sig=***&se=2030",
    "https://host/x?a=1&TOKEN=abc, https://host/x?a=1&TOKEN=***",
    "https://host/x?X-Amz-Signature=abc&a=1, https://host/x?X-Amz-Signature=***&a=1",
    "https://host/x?X-Amz-Security-Token=abc, https://host/x?X-Amz-Security-Token=***",
    "jdbc:db://host;password=abc;user=x, jdbc:db://host;password=***;user=x"
  })
  void masksCredentials(String text, String masked) {
    assertThat(Secrets.mask(text)).isEqualTo(masked);
  }

  @Test
  void masksEveryUriOfAText() {
    assertThat(Secrets.mask("from s3a://a:b@c/d to s3a://e:f@g/h"))
        .isEqualTo("from s3a://***@c/d to s3a://***@g/h");
  }

  @Test
  void failureWithoutAMessageIsToldOfByItsClass() {
    assertThat(Secrets.messageOf(new IOException("from s3a://a:b@c/d")))
        .isEqualTo("from s3a://***@c/d");
    assertThat(Secrets.messageOf(new EOFException())).isEqualTo("java.io.EOFException");
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://namenode:8020/models",
    "/data/user@host/x",
    "abfss://container@account.dfs.core.windows.net/x",
    "WASB://container@account.blob.core.windows.net/x",
    "s3a://bucket/path",
    "https://host/x?epoch=3&monkey=1",
    "someone@example.com"
  })
  void leavesTheRestAsItIs(String text) {
    assertThat(Secrets.mask(text)).isEqualTo(text);
  }
}
