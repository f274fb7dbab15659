using System.Globalization;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Inhibitions;

/// <summary>What an Admin is typing about one inhibition.</summary>
public sealed class InhibitionFormModel : IFormModel<InhibitionFormModel>
{
    public string Name { get; set; } = "";

    public bool IsOn { get; set; } = true;

    /// <summary>As JSON; not valid while somebody is typing.</summary>
    public string Problems { get; set; } = OwnRuleJson.None;

    /// <inheritdoc cref="Problems"/>
    public string Dependants { get; set; } = OwnRuleJson.None;

    public string Label { get; set; } = "";

    /// <summary>As typed.</summary>
    public string Hours { get; set; } = "24";

    public InhibitionFormModel Copy() => (InhibitionFormModel)MemberwiseClone();

    /// <summary>What is wrong with it; at most one refusal a field.</summary>
    public IEnumerable<FieldRefusal> Check()
    {
        var name = Name.Trim();
        if (name.Length is 0 or > Inhibition.LongestName || !PlainText.IsLine(name))
        {
            yield return new FieldRefusal(nameof(Name), "Refused.Name", Inhibition.LongestName);
        }

        if (CheckRules(nameof(Problems), Problems) is { } problems)
        {
            yield return problems;
        }

        if (CheckRules(nameof(Dependants), Dependants) is { } dependants)
        {
            yield return dependants;
        }

        var label = Label.Trim();
        if (label.Length > OwnRuleList.LongestValue || !PlainText.IsLine(label))
        {
            yield return new FieldRefusal(nameof(Label), "Refused.Label", OwnRuleList.LongestValue);
        }

        if (ReadHours() is null)
        {
            yield return new FieldRefusal(nameof(Hours), "Refused.Hours", Inhibition.MostHours);
        }
    }

    internal int? ReadHours() =>
        int.TryParse(Hours.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
        && hours is >= 1 and <= Inhibition.MostHours ? hours : null;

    private static FieldRefusal? CheckRules(string field, string rules)
    {
        var reading = OwnRuleJson.Read(rules);
        return !reading.IsValid
            ? new FieldRefusal(field, "Refused.Rules",
                reading.Problems[0].Say(Bilingual.LanguageOf(CultureInfo.CurrentUICulture), isShared: true))
            : reading.Rules.Rules.IsEmpty ? new FieldRefusal(field, "Refused.NoRules") : null;
    }
}
