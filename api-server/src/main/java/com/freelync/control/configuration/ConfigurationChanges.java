package com.freelync.control.configuration;

import com.freelync.control.api.json.ObjectBodies;
import com.freelync.control.api.limit.RateLimitHeaders;
import com.freelync.control.api.paging.EntityTags;
import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.configuration.ChangeLimit.Changed;
import com.freelync.control.configuration.Configurations.NewChange;
import com.freelync.control.problem.FieldError;
import com.freelync.control.temporal.TemporalSettings;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies that change settings, and what is answered to them. */
final class ConfigurationChanges {
  private ConfigurationChanges() {}

  /** A body: a change, and whether it is submitted at once. */
  record Body(
      @Nullable String key,
      @Nullable String category,
      boolean submits,
      Map<String, Object> fields) {
    NewChange change() {
      return new NewChange(key == null ? "" : key, category, fields, false);
    }
  }

  /**
   * Reads a body.
   *
   * @param needsKey whether it names a setting, as of a version that does not exist yet
   */
  static Body read(byte[] bytes, boolean needsKey) {
    Map<String, Object> fields =
        ObjectBodies.read(bytes, MediaType.APPLICATION_JSON_TYPE, "a change");
    List<FieldError> errors = new ArrayList<>();
    String key = needsKey ? text(fields, "key", errors) : null;
    if (needsKey && key == null && errors.isEmpty()) {
      errors.add(new FieldError("/key", "missing", "this field is needed"));
    }
    if (key != null && key.startsWith("rules.")) {
      errors.add(
          new FieldError(
              "/key", "rule", "a rule is changed by PUT /admin/config-rules/keys or /categories"));
    }
    String category = needsKey ? text(fields, "category", errors) : null;
    Object submits = fields.remove("submit");
    if (submits != null && !(submits instanceof Boolean)) {
      errors.add(new FieldError("/submit", "type", "true or false is needed here"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new Body(key, category, Boolean.TRUE.equals(submits), fields);
  }

  private static @Nullable String text(
      Map<String, Object> fields, String name, List<FieldError> errors) {
    Object value = fields.remove(name);
    if (value != null && !(value instanceof String)) {
      errors.add(new FieldError("/" + name, "type", "a text is needed here"));
      return null;
    }
    return (String) value;
  }

  /** What was changed, with what is left of the person's limit. */
  static Response answer(Changed changed, boolean isNew, TemporalSettings temporal) {
    ConfigurationVersionView view = ConfigurationVersionView.of(changed.version(), temporal);
    Response.ResponseBuilder answer =
        isNew ? Response.created(URI.create(view.links().self())) : Response.ok();
    if (changed.counted() != null) {
      RateLimitHeaders.of(ChangeLimit.LIMIT, changed.counted()).forEach(answer::header);
    }
    return answer.tag(tag(changed.version())).entity(view).build();
  }

  /** Changes with everything that is answered of a version, also with what people say of it. */
  static EntityTag tag(ConfigurationVersion version) {
    return EntityTags.of(version.state());
  }

  /** How a version stands. */
  static Response answer(ConfigurationVersion version, TemporalSettings temporal) {
    return Response.ok(ConfigurationVersionView.of(version, temporal)).tag(tag(version)).build();
  }
}
