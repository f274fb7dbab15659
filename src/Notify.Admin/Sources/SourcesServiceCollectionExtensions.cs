using Notify.Admin.Channels;
using Notify.Admin.Events;
using Notify.Admin.Finding;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.Sources;

internal static class SourcesServiceCollectionExtensions
{
    /// <summary>Registers sources: what tools post to, and what becomes of it.</summary>
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        foreach (var kind in MappingKind.All)
        {
            services.AddSingleton(kind);
        }

        services.AddSingleton<SourceKinds>();
        services.AddSingleton<SourceStore>();
        services.AddSingleton<SourceDirectory>();
        services.AddSingleton<SourceChecks>();
        services.AddSingleton<SourceService>();
        services.AddSingleton<IFinder, SourceFinder>();
        services.AddSingleton<SourceFormService>();
        services.AddSingleton<SourceTrialService>();
        services.AddSingleton<IEventSources, SourceNames>();
        services.AddSingleton<SourceMapper>();
        services.AddSingleton<MappingVersionStore>();
        services.AddSingleton<MappingVersionService>();
        services.AddSingleton<UnmappedStore>();
        services.AddSingleton<MapAgainService>();
        services.AddSingleton<IUnmappedEvents, UnmappedEvents>();
        services.AddSingleton<SourceGate>();
        services.AddSingleton<SourceIntake>();
        services.AddSingleton<RobotIntake>();
        services.AddSingleton<IAlertList, SuspiciousList>();
        services.AddSingleton<IAlertList, VulnerabilityList>();
        services.AddSingleton<IAlertList, BaselineList>();
        services.AddSingleton<IAlertList, LeakList>();
        services.AddSingleton<IAlertAccounts, VendorAlertAccounts>();
        services.AddSingleton<IVendorAccountUser, PolledAccounts>();
        services.AddSingleton<SourcePollStore>();
        services.AddSingleton<SourcePollService>();
        services.AddSingleton<AlertPoller>();
        services.AddSingleton<IAttentionSource, PollAttention>();
        services.AddHostedService<SourcePollWork>();
        services.AddSingleton<SourceActivity>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceActivity>());
        return services;
    }
}
