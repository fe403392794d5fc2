package io.sparkdistill.testing;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme and an authority of their own. */
public abstract class SchemeFileSystem extends RawLocalFileSystem {
  private URI root;

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    root = URI.create(uri.getScheme() + "://" + uri.getAuthority());
  }

  @Override
  public final URI getUri() {
    return root == null ? super.getUri() : root;
  }

  @Override
  public final String getScheme() {
    return getUri().getScheme();
  }
}
