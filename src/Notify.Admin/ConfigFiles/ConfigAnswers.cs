using System.Text.Json.Serialization;
using Notify.Admin.Audit;

namespace Notify.Admin.ConfigFiles;

/// <summary>One object that a file changes.</summary>
/// <param name="Action"><c>create</c>, <c>change</c> or <c>delete</c>.</param>
/// <param name="Line">Of the file; null for what is deleted.</param>
/// <param name="Effect">In a plan, on a channel that stands: what the change means for what it is sent.</param>
public sealed record ConfigChangeAnswer(
    string Action, string Section, string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line, IReadOnlyList<FieldChange> Fields,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConfigEffect? Effect = null)
{
    public static ConfigChangeAnswer Of(ConfigChange change) => new(
        change.Action.ToString().ToLowerInvariant(), change.Section, change.Name, change.Line == 0 ? null : change.Line, change.Fields,
        change.Effect);
}

/// <summary>What a file would change.</summary>
/// <param name="Basis">Given to an apply, it makes sure that just this is applied.</param>
/// <param name="Kept">How many objects the file does not name in its sections; only prune=true deletes them.</param>
/// <param name="Uncounted">Changes of channels whose effect was not counted: the first 50 are.</param>
/// <param name="Comments">The file has other comments than those that are kept for the export.</param>
public sealed record ConfigPlanAnswer(
    string Basis, int Kept, int Uncounted, IReadOnlyList<ConfigChangeAnswer> Changes, bool Comments = false)
{
    public static ConfigPlanAnswer Of(ConfigPlan plan) =>
        new(plan.Basis, plan.Kept, plan.Uncounted, [.. plan.Changes.Select(ConfigChangeAnswer.Of)], plan.HasNewComments);
}

/// <summary>Where a new source is posted to.</summary>
/// <param name="Url">With its key, which cannot be read again.</param>
public sealed record NewAddressAnswer(string Source, string Url)
{
    /// <summary>Printing it does not print the key.</summary>
    public override string ToString() => Source;
}

/// <summary>What a file has changed.</summary>
/// <param name="Addresses">Of new sources.</param>
public sealed record ConfigAppliedAnswer(IReadOnlyList<ConfigChangeAnswer> Changes, IReadOnlyList<NewAddressAnswer> Addresses);

/// <summary>The refusal of a file.</summary>
public sealed record ConfigProblemsAnswer(
    string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<ConfigProblem> Errors);
