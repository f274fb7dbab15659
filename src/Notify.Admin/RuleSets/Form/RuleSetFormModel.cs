using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.RuleSets;

/// <summary>What an Admin is typing about one rule set.</summary>
public sealed class RuleSetFormModel : IFormModel<RuleSetFormModel>
{
    public string Name { get; set; } = "";

    /// <summary>As JSON; not valid while somebody is typing.</summary>
    public string Rules { get; set; } = OwnRuleJson.None;

    public RuleSetFormModel Copy() => (RuleSetFormModel)MemberwiseClone();

    /// <summary>What is wrong with it; at most one refusal a field.</summary>
    public IEnumerable<FieldRefusal> Check()
    {
        var name = Name.Trim();
        if (name.Length is 0 or > RuleSet.LongestName || !PlainText.IsLine(name))
        {
            yield return new FieldRefusal(nameof(Name), "Refused.Name", RuleSet.LongestName);
        }

        var reading = OwnRuleJson.Read(Rules);
        if (!reading.IsValid)
        {
            yield return new FieldRefusal(nameof(Rules), "Refused.Rules", reading.Problems[0].Say(
                Bilingual.LanguageOf(System.Globalization.CultureInfo.CurrentUICulture), isShared: true));
        }
        else if (reading.Rules.Rules.IsEmpty)
        {
            yield return new FieldRefusal(nameof(Rules), "Refused.NoRules");
        }
    }
}
