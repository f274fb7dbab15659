using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>All Slack integrations, live.</summary>
public sealed partial class SlackIntegrationsPage
{
    [Inject]
    private SlackIntegrationService Integrations { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    private string CountText =>
        Matching.Count == Items!.Count ? T["List.Count", Items.Count] : T["List.CountMatching", Matching.Count, Items.Count];

    protected override Task<IReadOnlyList<SlackIntegrationListItem>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        Integrations.ListAsync(actor, cancellationToken);

    protected override bool Matches(SlackIntegrationListItem item, string? search) => item.Matches(search);

    protected override (int Id, string Name) Identify(SlackIntegrationListItem item) =>
        (item.Integration.Id, item.Integration.Values.Name);

    protected override Task SwitchAsync(int id, bool isOn, Actor actor, CancellationToken cancellationToken) =>
        Integrations.SwitchAsync(id, isOn, actor, cancellationToken);
}
