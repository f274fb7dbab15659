using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

public static class SlackWorkspacesServiceCollectionExtensions
{
    public static IServiceCollection AddSlackWorkspaces(this IServiceCollection services)
    {
        services.AddSingleton<SlackWorkspaceStore>();
        services.AddSingleton<SlackWorkspaceAudit>();
        services.AddSingleton<TokenRotator>();
        services.AddSingleton<WorkspaceTokens>();
        services.AddSingleton<SlackDirectoryStore>();
        services.AddSingleton<SlackDirectory>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<SlackWorkspaceService>();
        services.AddSingleton<IAuditRevert, SlackWorkspaceRevert>();
        services.AddSingleton<IWorkspaceUser, SlackIntegrationUses>();
        services.AddSingleton<ISlackConnections, WorkspaceConnections>();
        services.AddSingleton<IAttentionSource, WorkspaceAttention>();
        services.AddSingleton<SocketStore>();
        services.AddSingleton<SocketHosts>();
        services.AddSingleton<SocketClient>();
        services.AddSingleton<SocketOpener>();
        services.AddSingleton<SocketHolder>();
        services.AddHealthChecks().AddCheck<SocketHealthCheck>("slack sockets", tags: ["ready"]);
        services.AddHostedService<SocketKeeper>();
        services.AddHostedService<WorkspaceKeeper>();
        services.AddHostedService<SlackDirectoryReader>();
        return services;
    }
}
