using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleSets;

/// <summary>The form of a new or stored rule set. It follows what others save and which channels use it.</summary>
public sealed partial class RuleSetForm
{
    private const string RulesId = "rule-set-rules";

    private IReadOnlyList<ChannelName> _uses = [];

    [Inject]
    private RuleSetService Sets { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RuleSetText> T { get; set; } = null!;

    protected override string FormId => "rule-set";

    protected override string SubjectKind => RuleSetService.SubjectKind;

    protected override FormTable<RuleSetView, RuleSetFormModel> Table => RuleSetFields.Table;

    protected internal override IStringLocalizer Words => T;

    protected internal override string ListAddress => ChannelLinks.RuleSets;

    protected override IReadOnlyList<(string Area, Func<Task> Read)> Follows => Id is null ? [] : [(ChangeAreas.Channels, RefreshAsync)];

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    // A change of what nobody uses changes nothing that is sent.
    private bool Plans => Id is not null && _uses.Count > 0 && IsChanged(nameof(RuleSetFormModel.Rules))
        && OwnRuleJson.Read(Edit.Model.Rules).IsValid;

    private SharedRules Typed => new(Id!.Value, Edit.Model.Name, OwnRuleJson.Read(Edit.Model.Rules).Rules);

    protected override RuleSetFormModel Blank() => new();

    protected override string AddressOf(int id) => ChannelLinks.ToRuleSet(id);

    protected override Task<RuleSetView?> FindAsync(int id, CancellationToken cancellationToken) =>
        Sets.FindAsync(id, Actor, cancellationToken);

    protected override Task<SaveResult<RuleSetView>> SaveAsync(
        RuleSetView? original, RuleSetFormModel model, CancellationToken cancellationToken) =>
        Sets.SaveAsync(original, model, Actor, cancellationToken);

    protected override async Task<bool> DeleteAsync(int id, CancellationToken cancellationToken)
    {
        _uses = await Sets.DeleteAsync(id, Actor, cancellationToken);
        Notice = _uses.Count == 0 ? null : new FormNotice(Tone.Warning, T["Delete.Refused"], T["Delete.InUse"], Time.GetUtcNow());
        return _uses.Count == 0;
    }

    protected override async Task LoadRestAsync()
    {
        if (Id is { } id)
        {
            _uses = await Sets.ListUsesAsync(id, Actor, Stop);
        }
    }

    // What is wrong with a rule stands at its card.
    protected override async Task<FormNotice?> RefuseAsync()
    {
        if (Edit.Model.Check().FirstOrDefault(refusal => refusal.Field == nameof(RuleSetFormModel.Rules)) is not { } wrong)
        {
            return null;
        }

        await RevealAsync(RulesId);
        return new FormNotice(Tone.Danger, T["Notice.RulesWrong"], Explain(wrong));
    }

    protected override string Say(string field, string? value, RuleSetFormModel of) => field == nameof(RuleSetFormModel.Rules)
        ? string.Join(" · ", (OwnRuleJson.Read(value ?? OwnRuleJson.None).List ?? OwnRuleList.Empty).Rules
            .Select(rule => OwnRuleText.Sentence(rule, Language)))
        : base.Say(field, value, of);

    private Task SetNameAsync(string name)
    {
        Edit.Model.Name = name;
        return OnChangedAsync(nameof(RuleSetFormModel.Name));
    }

    private Task SetRulesAsync(string rules)
    {
        Edit.Model.Rules = rules;
        return OnChangedAsync(nameof(RuleSetFormModel.Rules));
    }
}
