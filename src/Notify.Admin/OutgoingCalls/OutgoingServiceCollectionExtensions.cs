using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Notify.Admin.OutgoingCalls;

internal static class OutgoingServiceCollectionExtensions
{
    /// <summary>How calls leave this server; for every feature that makes them, so it may be added more than once. Configuration has the
    /// environment's variables too, whatever their case.</summary>
    public static IServiceCollection AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutgoingOptions>().Bind(configuration.GetSection(OutgoingOptions.Section)).Configure(options =>
        {
            var all = configuration["ALL_PROXY"];
            options.EnvironmentHttps = configuration["HTTPS_PROXY"] ?? all;
            options.EnvironmentHttp = configuration["HTTP_PROXY"] ?? all;
            options.EnvironmentNoProxy = configuration["NO_PROXY"];
        }).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutgoingOptions>, OutgoingOptionsValidator>());
        services.TryAddSingleton<OutgoingProxy>();
        return services;
    }

    /// <summary>Sends what a handler sends by the policy.</summary>
    public static void Use(this SocketsHttpHandler handler, OutgoingProxy proxy)
    {
        handler.UseProxy = true;
        handler.Proxy = proxy;
    }
}
