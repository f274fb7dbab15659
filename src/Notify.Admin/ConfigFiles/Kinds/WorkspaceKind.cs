using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.ConfigFiles;

/// <summary>Connections to Slack workspaces. Slack is not asked while a file is applied: that would hold the transaction open; it is asked
/// soon after. A refresh token works once, so the pair is read only where none is stored.</summary>
internal sealed class WorkspaceKind(
    SlackWorkspaceStore store, SlackWorkspaceService service, SecretProtector protector, IStringLocalizer<SlackWorkspaceText> words)
    : ObjectKind<SlackWorkspace, SlackWorkspaceFormModel>
{
    private const string ConfigToken = "configToken";

    private static readonly IReadOnlyList<ConfigField<SlackWorkspaceFormModel>> Table = ConfigFields.Of(SlackWorkspaceFields.Table);

    public override string Section => "workspaces";

    protected override NamedThing? Thing => NamedThing.Workspace;

    protected override string SubjectKind => SlackWorkspaceAudit.Noun;

    protected override IReadOnlyList<ConfigField<SlackWorkspaceFormModel>> Fields => Table;

    protected override IReadOnlyList<ConfigSecret<SlackWorkspace, SlackWorkspaceFormModel>> Secrets =>
    [
        new("botToken", nameof(SlackWorkspaceFormModel.BotToken), stored => $"…{stored.BotToken.LastFour}",
            (stored, token) => protector.IsSame(stored.BotToken, token), (model, token) => model.BotToken = token),
        new(ConfigToken, nameof(SlackWorkspaceFormModel.ConfigToken),
            stored => stored.ConfigToken is { } token ? $"…{token.LastFour}" : null, (_, _) => false,
            (model, token) => model.ConfigToken = token)
        {
            IsSettled = HasPair,
        },
        new("refreshToken", nameof(SlackWorkspaceFormModel.RefreshToken),
            stored => stored.RefreshToken is { } token ? $"…{token.LastFour}" : null, (_, _) => false,
            (model, token) => model.RefreshToken = token)
        {
            PartOf = ConfigToken,
            IsSettled = HasPair,
        },
        new("appToken", nameof(SlackWorkspaceFormModel.AppToken),
            stored => stored.AppToken is { } token ? $"…{token.LastFour}" : null,
            (stored, token) => stored.AppToken is { } kept && protector.IsSame(kept, token), (model, token) => model.AppToken = token),
    ];

    protected override async Task<IReadOnlyList<SlackWorkspace>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(cancellationToken);

    protected override string NameOf(SlackWorkspace stored) => stored.Name;

    protected override int IdOf(SlackWorkspace stored) => stored.Id;

    protected override string MarkOf(SlackWorkspace stored) =>
        string.Create(CultureInfo.InvariantCulture, $"workspace {stored.Id} {stored.Version}");

    protected override SlackWorkspaceFormModel NewModel() => new();

    protected override SlackWorkspaceFormModel ModelOf(SlackWorkspace stored) => SlackWorkspaceView.Of(stored).Values;

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        SlackWorkspace? stored, SlackWorkspaceFormModel model, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(Explain(model.Check(isNew: stored is null)));

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        SlackWorkspace? stored, SlackWorkspaceFormModel model, ApplyTurn turn)
    {
        var result = await service.SaveUnaskedAsync(
            stored is null ? null : SlackWorkspaceView.Of(stored), model, turn.Actor, turn.Stop);
        if (result is Saved<SlackWorkspaceView> { Stored: var saved })
        {
            turn.Place.Names.Add(NamedThing.Workspace, saved.Id, saved.Name);
            return [];
        }

        return result is Invalid<SlackWorkspaceView> invalid ? Explain(invalid.Refusals) : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    protected override async Task DeleteAsync(SlackWorkspace stored, ApplyTurn turn)
    {
        if (await service.DeleteAsync(stored.Id, turn.Actor, turn.Stop) is [var use, ..])
        {
            turn.Place.At(stored.Name).Refuse(turn.Line, ConfigRules.StandsOn(use.Name));
        }
    }

    private static bool HasPair(SlackWorkspace stored) => stored.ConfigToken is not null;

    private IReadOnlyList<(string Name, string Reason)> Explain(IEnumerable<FieldRefusal> refusals) =>
        [.. refusals.Select(refusal => (refusal.Field, words[refusal.TextKey, refusal.Argument ?? ""].Value))];
}
