package org.vigil.web.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Every exception becomes an {@link ErrorBody}; none shows its inside. */
public final class ErrorMappers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMappers.class);

  private ErrorMappers() {}

  private static Response answer(VigilException e) {
    Response.ResponseBuilder answer =
        Response.status(e.code().httpStatus())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(ErrorBody.of(e));
    Object retryAfter = e.details().get("retryAfterSeconds");
    return (retryAfter == null ? answer : answer.header(HttpHeaders.RETRY_AFTER, retryAfter))
        .build();
  }

  /** Finds the refusal inside what a transaction or proxy wrapped around it. */
  private static VigilException refusalIn(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof VigilException e) {
        return e;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** Refusals with a code. */
  @Provider
  public static class OfRefusals implements ExceptionMapper<VigilException> {
    @Override
    public Response toResponse(VigilException e) {
      return answer(e);
    }
  }

  /** Malformed JSON and unknown fields. */
  @Provider
  public static class OfJson implements ExceptionMapper<JsonProcessingException> {
    @Override
    public Response toResponse(JsonProcessingException e) {
      return answer(
          new VigilException(
              ErrorCode.KERNEL_0003,
              e.getLocation() == null
                  ? Map.of()
                  : Map.of(
                      "line", e.getLocation().getLineNr(),
                      "column", e.getLocation().getColumnNr()),
              e));
    }
  }

  /** Unknown paths, wrong methods and the like. */
  @Provider
  public static class OfHttp implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException e) {
      int status = e.getResponse().getStatus();
      ErrorCode code =
          status == 404
              ? ErrorCode.KERNEL_0004
              : status >= 500 ? ErrorCode.KERNEL_0001 : ErrorCode.KERNEL_0003;
      return Response.status(status)
          .type(MediaType.APPLICATION_JSON_TYPE)
          .entity(ErrorBody.of(new VigilException(code)))
          .build();
    }
  }

  /** Anything else: logged with its cause, answered without. */
  @Provider
  public static class OfTheRest implements ExceptionMapper<Exception> {
    @Override
    public Response toResponse(Exception e) {
      VigilException refusal = refusalIn(e);
      if (refusal != null) {
        return answer(refusal);
      }
      LOG.error("{} while answering a request", ErrorCode.KERNEL_0001.id(), e);
      return answer(new VigilException(ErrorCode.KERNEL_0001));
    }
  }
}
