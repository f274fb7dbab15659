using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>How a condition looks at its field.</summary>
public enum OwnTest
{
    OneOf,
    From,
    Like,
    Present,
    Contains,
    Days,
}

/// <summary>Which ways of looking each field has, and a condition to begin with.</summary>
internal static class OwnTests
{
    /// <summary>The first is what a new condition has.</summary>
    public static IReadOnlyList<OwnTest> Of(OwnField field) => field switch
    {
        OwnField.Severity => [OwnTest.From, OwnTest.OneOf],
        OwnField.Asset => [OwnTest.OneOf, OwnTest.Like],
        OwnField.Label => [OwnTest.OneOf, OwnTest.Present],
        OwnField.Text => [OwnTest.Contains],
        OwnField.New => [OwnTest.Days],
        _ => [OwnTest.OneOf],
    };

    public static OwnTest Of(OwnCondition condition) => condition switch
    {
        SeverityFromCondition => OwnTest.From,
        AssetLikeCondition => OwnTest.Like,
        LabelPresentCondition => OwnTest.Present,
        TextCondition => OwnTest.Contains,
        NewCondition => OwnTest.Days,
        _ => OwnTest.OneOf,
    };

    public static OwnCondition First(OwnField field) => Make(field, Of(field)[0], null);

    /// <summary>A condition without values yet.</summary>
    /// <param name="label">The label's name, where the field is a label.</param>
    public static OwnCondition Make(OwnField field, OwnTest test, string? label) => test switch
    {
        OwnTest.From => new SeverityFromCondition("high"),
        OwnTest.Like => new AssetLikeCondition(""),
        OwnTest.Present => new LabelPresentCondition(label ?? ""),
        OwnTest.Contains => new TextCondition(""),
        OwnTest.Days => new NewCondition(7),
        _ => new OneOfCondition(field, [], field == OwnField.Label ? label ?? "" : null),
    };

    /// <summary>The label's name; null where the condition is about none.</summary>
    public static string? LabelOf(OwnCondition condition) => condition switch
    {
        OneOfCondition some => some.Label,
        LabelPresentCondition present => present.Label,
        _ => null,
    };
}
