using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.ConfigFiles;

/// <summary>Slack integrations. Workspaces are spoken of by name.</summary>
internal sealed class SlackKind(
    SlackIntegrationStore store, SlackIntegrationService service, ISlackConnections connections, SecretProtector protector,
    IStringLocalizer<SlackText> words, IStringLocalizer<DeliveryPolicyText> policyWords, ConfigEffects effects)
    : ObjectKind<SlackIntegration, SlackIntegrationFormModel>
{
    private static readonly IReadOnlyList<ConfigField<SlackIntegrationFormModel>> Table = ConfigFields.Of(SlackFields.Table);

    public override string Section => ConfigNames.SectionOf(ChannelKind.Slack);

    protected override ChannelKind? Channel => ChannelKind.Slack;

    protected override IReadOnlyList<ConfigField<SlackIntegrationFormModel>> Fields => Table;

    protected override IReadOnlyList<ConfigSecret<SlackIntegration, SlackIntegrationFormModel>> Secrets =>
    [
        new("slackToken", nameof(SlackIntegrationFormModel.Token), stored => stored.Token is { } token ? $"…{token.LastFour}" : null,
            (stored, token) => stored.Token is { } kept && protector.IsSame(kept, token), (model, token) => model.Token = token),
    ];

    protected override async Task<IReadOnlyList<SlackIntegration>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(cancellationToken);

    protected override string NameOf(SlackIntegration stored) => stored.Name;

    protected override int IdOf(SlackIntegration stored) => stored.Id;

    protected override string MarkOf(SlackIntegration stored) =>
        string.Create(CultureInfo.InvariantCulture, $"slack {stored.Id} {stored.Version}");

    protected override SlackIntegrationFormModel NewModel() => new();

    protected override SlackIntegrationFormModel ModelOf(SlackIntegration stored) => SlackIntegrationFormModel.Of(stored);

    protected override void Keep(SlackIntegrationFormModel model, SlackIntegration stored) =>
        model.ChannelName = model.ChannelId == stored.ChannelId ? stored.ChannelName : null;

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        SlackIntegration? stored, SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        var refusals = model.Check(stored?.Token is not null, stored is null ? null : new ChannelKey(ChannelKind.Slack, stored.Id))
            .ToList();
        if (model.WorkspaceId is { } id && !ConfigNames.IsPlanned(id) && await connections.FindAsync(id, cancellationToken) is null)
        {
            refusals.Add(new FieldRefusal(nameof(model.WorkspaceId), "Form.Workspace.Gone"));
        }

        return [.. refusals.Select(Explain)];
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        SlackIntegration? stored, SlackIntegrationFormModel model, ApplyTurn turn)
    {
        var result = await service.SaveAsync(stored is null ? null : SlackIntegrationView.Of(stored), model, turn.Actor, turn.Stop);
        if (result is Saved<SlackIntegrationView> { Stored: var saved })
        {
            turn.Place.Names.Add(ChannelKind.Slack, saved.Id, saved.Values.Name);
            return [];
        }

        return result is Invalid<SlackIntegrationView> invalid ? [.. invalid.Refusals.Select(Explain)]
            : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    // Renamed in the file: to the store, the old name's has the Slack channel until it is gone.
    protected override bool IsInTheWay(SlackIntegration stored, SlackIntegrationFormModel model) =>
        stored.ChannelId == model.ChannelId.Trim();

    protected override Task DeleteAsync(SlackIntegration stored, ApplyTurn turn) =>
        service.DeleteAsync(stored.Id, turn.Actor, turn.Stop);

    protected override Task<ConfigEffect?> EffectAsync(
        SlackIntegration stored, SlackIntegrationFormModel? model, ConfigNames names, Actor actor, CancellationToken cancellationToken) =>
        effects.CountAsync(new ChannelKey(ChannelKind.Slack, stored.Id), ModelOf(stored), model, values => values.ToHearing(), names,
            actor, cancellationToken);

    protected override bool Postpone(SlackIntegrationFormModel model)
    {
        (model.Delivery, var isPostponed) = ChannelReferences.Without(model.Delivery);
        return isPostponed;
    }

    private (string Name, string Reason) Explain(FieldRefusal refusal) => (refusal.Field, DeliveryPolicyField.IsOne(refusal.Field)
        ? policyWords[refusal.TextKey, refusal.Argument ?? ""] : words[refusal.TextKey, refusal.Argument ?? ""]);
}
