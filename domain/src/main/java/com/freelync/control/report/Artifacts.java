package com.freelync.control.report;

import com.freelync.control.database.Cursor;
import com.freelync.control.database.Database;
import com.freelync.control.problem.RequestRefused;
import java.util.List;
import java.util.UUID;

/** The reports that are kept. */
public final class Artifacts {
  private final Database database;

  public Artifacts(Database database) {
    this.database = database;
  }

  /** After the cursor, the newest first. */
  public List<Artifact> list(Cursor after, int limit) {
    return database.read(handle -> ArtifactDao.list().page(handle, after, limit, Artifact.class));
  }

  /**
   * One of them.
   *
   * @throws RequestRefused.NotFound if there is none
   */
  public Artifact find(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(ArtifactDao.class)
                .find(id)
                .orElseThrow(() -> new RequestRefused.NotFound("artifact", id)));
  }

  /**
   * Its bytes.
   *
   * @throws RequestRefused.NotFound if there is none
   */
  public byte[] content(UUID id) {
    return database.read(
        handle ->
            handle
                .attach(ArtifactDao.class)
                .content(id)
                .orElseThrow(() -> new RequestRefused.NotFound("artifact", id)));
  }
}
