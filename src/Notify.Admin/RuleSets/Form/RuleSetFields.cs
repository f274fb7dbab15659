using Notify.Admin.LiveForms;

namespace Notify.Admin.RuleSets;

/// <summary>What a rule set lets people set.</summary>
internal static class RuleSetFields
{
    public static readonly FormTable<RuleSetView, RuleSetFormModel> Table =
        new FormTable<RuleSetView, RuleSetFormModel>().Text(model => model.Name).Text(model => model.Rules);
}
