package com.freelync.control.api.paging;

import com.freelync.control.api.problem.ProblemException;
import com.freelync.control.api.problem.ProblemType;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entity tags, made of what changes whenever the thing does. */
public final class EntityTags {
  private static final String ONE = "(W/)?\"[!#-~]*\"";
  private static final Pattern TAGS =
      Pattern.compile("\\*|" + ONE + "(\\s*,\\s*" + ONE + "){0,99}");

  private EntityTags() {}

  /** A tag of revision, status and the like. */
  public static EntityTag of(Object... parts) {
    return new EntityTag(
        Arrays.stream(parts)
            .map(part -> String.valueOf(part).replaceAll("[^A-Za-z0-9._:-]", "_"))
            .collect(Collectors.joining("-")));
  }

  /** The thing with its tag, or 304 to one who has it already. */
  public static Response answer(Request request, EntityTag tag, Object thing) {
    Response.ResponseBuilder unchanged = evaluate(request, tag);
    return (unchanged == null ? Response.ok(thing) : unchanged).tag(tag).build();
  }

  /**
   * The same of what is read very often: without the request, whose injection costs as much as the
   * answer itself.
   *
   * @param known the header {@code If-None-Match}; null without one
   */
  public static Response answer(@Nullable String known, EntityTag tag, byte[] thing) {
    boolean isKnown = known != null && isAmong(known, "\"" + tag.getValue() + "\"");
    return (isKnown ? Response.notModified() : Response.ok(thing)).tag(tag).build();
  }

  /** By weak comparison, as RFC 9110 (13.1.2) asks for. */
  private static boolean isAmong(String known, String tag) {
    if (known.equals(tag)) {
      return true;
    }
    if (!TAGS.matcher(known).matches()) {
      throw malformed();
    }
    return known.equals("*")
        || Arrays.stream(known.split(","))
            .map(one -> one.strip().replaceFirst("^W/", ""))
            .anyMatch(tag::equals);
  }

  private static ProblemException malformed() {
    return ProblemException.malformed(
        "If-Match", "entity_tag", "If-Match and If-None-Match hold entity tags, in quotes, or *");
  }

  /**
   * Lets a change pass that was made for the present state or for any.
   *
   * @throws ProblemException 412 if {@code If-Match} names another
   */
  public static void requireMatch(Request request, EntityTag present) {
    if (evaluate(request, present) != null) {
      throw new ProblemException(
          ProblemType.STALE, "If-Match names an older state: read it again and repeat the change.");
    }
  }

  private static Response.@Nullable ResponseBuilder evaluate(Request request, EntityTag tag) {
    try {
      return request.evaluatePreconditions(tag);
    } catch (ProcessingException e) {
      throw malformed();
    }
  }
}
