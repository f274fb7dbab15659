using Notify.Admin.FunctionAccess;

namespace Notify.Admin.UnitTests.FunctionAccess;

/// <summary>Which warnings a change of an access list comes with.</summary>
public sealed class AccessWarningTests
{
    private const string Everyone = "everyone";
    private const string Collaborators = "app_collaborators";
    private const string Named = "named_entities";
    private const string Unsettable = "system";

    [Theory]
    // The type changes.
    [InlineData(Everyone, "", Named, "U1", "EveryoneLoses")]
    [InlineData(Everyone, "", Collaborators, "", "EveryoneLoses")]
    [InlineData(Named, "U1", Everyone, "", "EveryoneGains")]
    [InlineData(Collaborators, "U1", Everyone, "", "EveryoneGains")]
    [InlineData(Named, "U1", Collaborators, "", "CollaboratorsGain")]
    [InlineData(Unsettable, "", Everyone, "", "EveryoneGains TypeMayBeRefused")]
    [InlineData(Unsettable, "", Collaborators, "", "CollaboratorsGain TypeMayBeRefused")]
    [InlineData(Unsettable, "", Named, "U1", "TypeMayBeRefused")]
    // Collaborators become a list: those that are not on it, or who are not known, lose access.
    [InlineData(Collaborators, "U1", Named, "U1", "")]
    [InlineData(Collaborators, "U1", Named, "U1 U2", "")]
    [InlineData(Collaborators, "U1 U2", Named, "U1", "CollaboratorsLose")]
    [InlineData(Collaborators, "", Named, "U1", "CollaboratorsLose")]
    // A list becomes empty.
    [InlineData(Named, "U1", Named, "", "NobodyLeft")]
    [InlineData(Named, "", Named, "", "")]
    [InlineData(Everyone, "", Named, "", "EveryoneLoses NobodyLeft")]
    [InlineData(Collaborators, "U1", Named, "", "CollaboratorsLose NobodyLeft")]
    // Nothing changes.
    [InlineData(Everyone, "", Everyone, "", "")]
    [InlineData(Collaborators, "U1", Collaborators, "U2", "")]
    [InlineData(Named, "U1", Named, "U2", "")]
    [InlineData(Unsettable, "", Unsettable, "", "")]
    public void Make_WarnsOfWhatTheChangeDoes(string from, string before, string to, string after, string expected) =>
        string.Join(' ', AccessPlanner.Make(List(from, before), List(to, after)).Warnings.Select(warning => warning.Kind))
            .ShouldBe(expected);

    [Theory]
    [InlineData(Everyone, "", Named, "U1", true)]
    [InlineData(Everyone, "", Named, "ME", false)]
    [InlineData(Everyone, "", Collaborators, "", false)]
    [InlineData(Named, "ME U1", Named, "U1", true)]
    [InlineData(Named, "ME", Everyone, "", false)]
    [InlineData(Named, "ME", Collaborators, "", true)]
    [InlineData(Named, "U1", Named, "", false)]
    [InlineData(Collaborators, "ME", Named, "U1", true)]
    [InlineData(Collaborators, "ME", Named, "ME", false)]
    [InlineData(Collaborators, "U1", Named, "U1", false)]
    [InlineData(Collaborators, "ME", Everyone, "", false)]
    public void Make_WarnsWhoeverTakesAccessFromThemselves(string from, string before, string to, string after, bool expected)
    {
        var plan = AccessPlanner.Make(List(from, before), List(to, after), "ME");

        plan.Warns(AccessWarningKind.OwnUserLoses).ShouldBe(expected);
        AccessPlanner.Make(List(from, before), List(to, after)).Warns(AccessWarningKind.OwnUserLoses).ShouldBeFalse();
        if (expected)
        {
            plan.Warnings.Single(warning => warning.Kind == AccessWarningKind.OwnUserLoses).Users.Select(u => u.UserId).ShouldBe(["ME"]);
        }
    }

    [Fact]
    public void Make_OfCollaboratorsThatLoseAccess_NamesThem() =>
        AccessPlanner.Make(List(Collaborators, "U1 U2 U3"), List(Named, "U2")).Warnings.Single().Users.Select(user => user.UserId)
            .ShouldBe(["U1", "U3"]);

    private static AccessList List(string type, string users) =>
        AccessList.Of(type, users.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
