using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Rule sets. Channels speak of them by name.</summary>
internal sealed class RuleSetKind(RuleSetService service, IStringLocalizer<RuleSetText> words)
    : ObjectKind<RuleSetView, RuleSetFormModel>
{
    private static readonly IReadOnlyList<ConfigField<RuleSetFormModel>> Table = ConfigFields.Of(RuleSetFields.Table);

    public override string Section => "ruleSets";

    protected override NamedThing? Thing => NamedThing.RuleSet;

    protected override string SubjectKind => RuleSetService.SubjectKind;

    protected override IReadOnlyList<ConfigField<RuleSetFormModel>> Fields => Table;

    protected override async Task<IReadOnlyList<RuleSetView>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        [.. (await service.ListAsync(actor, cancellationToken)).Select(item => item.Set)];

    protected override string NameOf(RuleSetView stored) => stored.Name;

    protected override int IdOf(RuleSetView stored) => stored.Id;

    protected override string MarkOf(RuleSetView stored) =>
        string.Create(CultureInfo.InvariantCulture, $"ruleSet {stored.Id} {stored.Version}");

    protected override RuleSetFormModel NewModel() => new();

    protected override RuleSetFormModel ModelOf(RuleSetView stored) => stored.Values;

    protected override void Tell(ConfigNames names, RuleSetFormModel model)
    {
        var name = model.Name.Trim();
        if (names.Find(NamedThing.RuleSet, name, out _) is { } id)
        {
            names.ChangedRuleSets.Add(new SharedRules(id, name, OwnRuleJson.Read(model.Rules).Rules));
        }
    }

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        RuleSetView? stored, RuleSetFormModel model, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string Name, string Reason)>>([.. model.Check().Select(Explain)]);

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        RuleSetView? stored, RuleSetFormModel model, ApplyTurn turn)
    {
        var result = await service.SaveAsync(stored, model, turn.Actor, turn.Stop);
        if (result is Saved<RuleSetView> { Stored: var saved })
        {
            turn.Place.Names.Add(NamedThing.RuleSet, saved.Id, saved.Name);
            return [];
        }

        return result is Invalid<RuleSetView> invalid ? [.. invalid.Refusals.Select(Explain)]
            : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    // What uses it by now is in no section of the file, or is kept by it.
    protected override async Task DeleteAsync(RuleSetView stored, ApplyTurn turn)
    {
        if (await service.DeleteAsync(stored.Id, turn.Actor, turn.Stop) is { Count: > 0 } uses)
        {
            turn.Place.At(stored.Name).Refuse(turn.Line, ConfigRules.UsedBy(RuleSetWords.NamesOf(uses)));
        }
    }

    private (string Name, string Reason) Explain(FieldRefusal refusal) =>
        (refusal.Field, words[refusal.TextKey, refusal.Argument ?? ""]);
}
