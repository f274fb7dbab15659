using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Notify.Admin.Security;

/// <summary>Everything that is logged, here or by the framework, passes the <see cref="Redactor"/> on its way to every sink: so whoever
/// logs gives the exception itself, whatever its text may hold.</summary>
internal static class RedactedLogging
{
    public static IServiceCollection AddRedactedLogging(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton<LoggerFactory>();
        return services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, RedactingLoggerFactory>());
    }

    private sealed class RedactingLoggerFactory(LoggerFactory inner) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public void Dispose()
        {
            // The container owns the inner one.
        }
    }

    private sealed class RedactingLogger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(new RedactedState(state));

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel))
            {
                inner.Log(
                    logLevel, eventId, new RedactedState(state, formatter(state, exception)),
                    exception is null ? null : new RedactedException(exception), static (redacted, _) => redacted.ToString());
            }
        }
    }
}
