using Notify.Admin.Api;
using Notify.Admin.Rules;

namespace Notify.Admin.ChannelPages;

/// <summary>Own rules in the body of a request. What is wrong with them is named by the rule, from 0, and its place.</summary>
internal static class OwnRuleBody
{
    /// <param name="isShared">They are a rule set's, and no channel's own.</param>
    /// <returns>As the store has them; null where they are left out or wrong, which <paramref name="fields"/> then knows.</returns>
    public static string? Read(BodyFields fields, string name, bool isShared = false)
    {
        if (fields.Element(name) is not { } rules)
        {
            return null;
        }

        var reading = OwnRuleJson.Read(rules);
        foreach (var problem in reading.Problems)
        {
            fields.Refuse(new FieldProblem(problem.Rule, $"{name}{problem.Path}", problem.Say(RuleLanguage.En, isShared)));
        }

        return reading.IsValid ? OwnRuleJson.Write(reading.Rules) : null;
    }

    public static IResult Refuse(IReadOnlyList<FieldProblem> problems) =>
        Problems.Result(StatusCodes.Status400BadRequest, "invalid_rules", $"{problems[0].Field}: {problems[0].Reason}.", problems);
}
