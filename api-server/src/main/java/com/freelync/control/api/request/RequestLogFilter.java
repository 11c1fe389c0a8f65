package com.freelync.control.api.request;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Gives each request its id, in the answer and in every line logged meanwhile; logs its end. */
public final class RequestLogFilter implements Filter {
  private static final Logger log = LoggerFactory.getLogger("request");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    String id = RequestId.takeOrMake(http.getHeader(RequestId.HEADER));
    http.setAttribute(RequestId.ATTRIBUTE, id);
    answer.setHeader(RequestId.HEADER, id);
    long begun = System.nanoTime();
    try (MDC.MDCCloseable ignored = MDC.putCloseable(RequestId.MDC_KEY, id)) {
      chain.doFilter(request, response);
      log.info(
          "{} {} {} {} ms",
          http.getMethod(),
          http.getRequestURI(),
          answer.getStatus(),
          (System.nanoTime() - begun) / 1_000_000);
    }
  }
}
