using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.LivePages;

namespace Notify.Admin.Slack;

/// <summary>The Slack integrations, live.</summary>
public sealed partial class SlackIntegrationsPage
{
    public override ChannelKind Kind => ChannelKind.Slack;

    public override string ExportPath => SlackExportEndpoint.Path;

    [Inject]
    private SlackIntegrationService Integrations { get; set; } = null!;

    [Inject]
    private SlackTestService Tests { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    public override Task<IReadOnlyList<ChannelName>> ListNamesAsync() => Integrations.ListNamesAsync(Query, Actor, Stop);

    public override Task<SwitchOutcome> SwitchAsync(int id, bool isOn, CancellationToken cancellationToken) =>
        Integrations.SwitchAsync(id, isOn, Actor, cancellationToken);

    public override async Task<(TestOutcome Outcome, string? Refusal)?> TestAsync(int id, CancellationToken cancellationToken) =>
        await Tests.SendAsync(id, TestChoice.Newest, Actor, cancellationToken) is { } verdict
            ? (verdict.Outcome, verdict.Explanation?.Meaning) : null;

    public override Task<TagOutcome> TagAsync(int id, TagChange change, CancellationToken cancellationToken) =>
        Integrations.TagAsync(id, change, Actor, cancellationToken);

    public override Task<IReadOnlyDictionary<int, ChannelDelivery>> ListDeliveryAsync(
        IReadOnlyCollection<int> ids, CancellationToken cancellationToken) => Integrations.ListDeliveryAsync(ids, Actor, cancellationToken);

    public override Task<DeliveryVerdict> SetDeliveryAsync(int id, DeliveryChange change, CancellationToken cancellationToken) =>
        Integrations.SetDeliveryAsync(id, change, Actor, cancellationToken);

    public override Task DeleteAsync(int id, CancellationToken cancellationToken) => Integrations.DeleteAsync(id, Actor, cancellationToken);

    protected override Task<ListedPage<SlackIntegrationListItem>> ListAsync(
        ChannelListQuery query, CancellationToken cancellationToken) =>
        Integrations.ListAsync(query, Actor, cancellationToken);
}
