using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Finding;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

public static class FunctionAccessServiceCollectionExtensions
{
    public static IServiceCollection AddFunctionAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FunctionAccessOptions>().Bind(configuration.GetSection(FunctionAccessOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FunctionAccessOptions>, FunctionAccessOptionsValidator>();
        services.AddSingleton<FunctionPermissionsClient>();
        services.AddSingleton<AccessPace>();
        services.AddSingleton<AccessCaller>();
        services.AddSingleton<AccessConvergence>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<FunctionAccessStore>();
        services.AddSingleton<AccessRunStore>();
        services.AddSingleton<FunctionAccessAudit>();
        services.AddSingleton<AccessSignal>();
        services.AddSingleton<AccessRunner>();
        services.AddSingleton<DriftNews>();
        services.AddSingleton<FunctionReader>();
        services.AddSingleton<FunctionAccessService>();
        services.AddSingleton<IFinder, FunctionFinder>();
        services.AddSingleton<AccessChangeService>();
        services.AddSingleton<BulkAccessService>();
        services.AddSingleton<AccessFileService>();
        services.AddSingleton<IAttentionSource, AccessAttention>();
        services.AddSingleton<IWorkspaceUser, FunctionsOfWorkspace>();
        services.AddHostedService<AccessWorker>();
        services.AddHostedService<DriftWorker>();
        return services;
    }
}
