package com.freelync.control.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.extension.ExtensionContext;
import org.jdbi.v3.core.extension.ExtensionMetadata;
import org.jdbi.v3.core.extension.ExtensionMetadata.ExtensionHandlerInvoker;
import org.jdbi.v3.core.extension.HandleSupplier;
import org.jspecify.annotations.Nullable;

/** One DAO interface: its methods, each prepared at its first call, on whatever handle calls. */
final class SharedDao {
  private final Class<?> type;
  private final ExtensionMetadata metadata;
  private final Map<Method, ExtensionHandlerInvoker> invokers = new ConcurrentHashMap<>();
  private final CallersHandle handle = new CallersHandle();

  /** What default methods call: it stays on the handle of who called them. */
  private final Object self;

  SharedDao(Class<?> type, ExtensionMetadata metadata) {
    this.type = type;
    this.metadata = metadata;
    this.self = proxy((proxy, method, arguments) -> invoker(method).invoke(arguments));
  }

  /** The DAO on a handle. */
  Object on(HandleSupplier caller) {
    return proxy(
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
          }
          HandleSupplier before = handle.enter(caller);
          try {
            return invoker(method).invoke(arguments);
          } finally {
            handle.leave(before);
          }
        });
  }

  private Object proxy(InvocationHandler calls) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
  }

  private ExtensionHandlerInvoker invoker(Method method) {
    ExtensionHandlerInvoker found = invokers.get(method);
    return found != null ? found : invokers.computeIfAbsent(method, this::prepare);
  }

  private ExtensionHandlerInvoker prepare(Method method) {
    ConfigRegistry config = metadata.createInstanceConfiguration(handle.getJdbi().getConfig());
    return metadata.createExtensionHandlerInvoker(self, method, handle, config);
  }

  private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> type.getSimpleName();
    };
  }

  /** The handle of whoever calls in this thread. */
  private static final class CallersHandle implements HandleSupplier {
    private final ThreadLocal<@Nullable HandleSupplier> current = new ThreadLocal<>();

    @Nullable HandleSupplier enter(HandleSupplier caller) {
      HandleSupplier before = current.get();
      current.set(caller);
      return before;
    }

    void leave(@Nullable HandleSupplier before) {
      if (before == null) {
        current.remove();
      } else {
        current.set(before);
      }
    }

    private HandleSupplier callers() {
      return Objects.requireNonNull(current.get());
    }

    @Override
    public Handle getHandle() {
      return callers().getHandle();
    }

    @Override
    public Jdbi getJdbi() {
      return callers().getJdbi();
    }

    @Override
    public ConfigRegistry getConfig() {
      return callers().getConfig();
    }

    @Override
    public <V> V invokeInContext(ExtensionContext context, Callable<V> task) throws Exception {
      return callers().invokeInContext(context, task);
    }
  }
}
