using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Registers what every HTTP API shares: keys, limits, problem answers and the description.</summary>
internal static class ApiServiceCollectionExtensions
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddSingleton(_ => BodyBudget.ForMemory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
        services.AddSingleton<KeyGeneration>();
        services.AddSingleton(typeof(KeyCache<>));
        services.AddSingleton<KeyLimits>();
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        services.AddSingleton<ApiKeyService>();
        services.AddSingleton<AccessKeyService>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(ApiPolicies.KeyScheme, null);
        services.AddAuthorization(ApiPolicies.AddTo);
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddSingleton<FailureLog>();
        services.AddOptions<ExceptionHandlerOptions>().Configure<FailureLog>((handler, failures) =>
            handler.SuppressDiagnosticsCallback = failed =>
                failed.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService || !failures.IsDue(failed.Exception, out _));
        // A token that cannot be read is whatever somebody sent; the refusal is answered, and its stack says nothing.
        services.AddGuardedCategory("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical);
        services.AddProblemDetails();
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.DefaultLimit;
            // What the server reads ahead of us, per connection; the default is 1 MiB.
            kestrel.Limits.MaxRequestBufferSize = 128 * 1024;
        });
        return services;
    }
}
