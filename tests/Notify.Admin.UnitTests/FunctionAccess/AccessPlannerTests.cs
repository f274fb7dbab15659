using Notify.Admin.FunctionAccess;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class AccessPlannerTests
{
    private static readonly AccessList Everyone = AccessList.Of(PermissionTypes.Everyone);

    [Fact]
    public void Make_SameMembersInAnotherOrder_IsEmpty()
    {
        var plan = AccessPlanner.Make(Named(["U1", "U2"], ["T1"]), Named(["U2", "U1"], ["T1"]));

        plan.IsEmpty.ShouldBeTrue();
        plan.Gains.ShouldBeEmpty();
        plan.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Make_OtherMembersOfAnotherType_ComparesOnlyTheType() =>
        AccessPlanner.Make(Collaborators("U1"), Collaborators("U2")).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Make_OnePersonMore_IsOneAdd()
    {
        var plan = AccessPlanner.Make(Named(["U1"], ["T1"]), Named(["U1", "U2"], ["T1"]));

        plan.ChangesType.ShouldBeFalse();
        plan.Gains.ShouldHaveSingleItem().UserId.ShouldBe("U2");
        plan.Loses.ShouldBeEmpty();
        var call = plan.Calls.ShouldHaveSingleItem();
        call.Kind.ShouldBe(AccessCallKind.Add);
        call.UserIds.ShouldBe(["U2"]);
    }

    [Fact]
    public void Make_OneInOneOut_AddsBeforeItRemoves()
    {
        var plan = AccessPlanner.Make(Named(["U1", "U2"]), Named(["U2", "U3"]));

        plan.Calls.Select(call => call.Kind).ShouldBe([AccessCallKind.Add, AccessCallKind.Remove]);
        plan.Calls.ShouldAllBe(call => !call.IfKept);
    }

    [Fact]
    public void Make_OtherWorkspaces_SetsTheWholeListAndRemovesOnlyWhoWasKept()
    {
        var plan = AccessPlanner.Make(Named(["U1", "U2"], ["T1"]), Named(["U2", "U3"], ["T2"]));

        plan.Calls.Select(call => call.Kind).ShouldBe([AccessCallKind.Set, AccessCallKind.Remove]);
        plan.Calls[0].UserIds.ShouldBe(["U2", "U3"]);
        plan.Calls[0].TeamIds.ShouldBe(["T2"]);
        plan.Calls[1].UserIds.ShouldBe(["U1"]);
        plan.Calls[1].IfKept.ShouldBeTrue();
        plan.TeamsGain.ShouldBe(["T2"]);
        plan.TeamsLose.ShouldBe(["T1"]);
    }

    [Fact]
    public void Make_LongList_IsSplitWithThosePresentFirst()
    {
        var plan = AccessPlanner.Make(Named(["U4", "U5"]), Named(["U1", "U2", "U3", "U4", "U5"], ["T1"]), usersPerCall: 2);

        plan.Calls.Select(call => call.Kind).ShouldBe([AccessCallKind.Set, AccessCallKind.Add, AccessCallKind.Add]);
        plan.Calls[0].UserIds.ShouldBe(["U4", "U5"]);
    }

    [Fact]
    public void Make_FromCollaboratorsToNamed_NamesThoseWhoWouldLoseAccess()
    {
        var plan = AccessPlanner.Make(Collaborators("U1", "U2"), Named(["U2", "U3"]));

        plan.Loses.ShouldHaveSingleItem().UserId.ShouldBe("U1");
        plan.Gains.ShouldHaveSingleItem().UserId.ShouldBe("U3");
        plan.Warnings.ShouldHaveSingleItem().Code.ShouldBe("collaborators_lose_access");
        plan.Warnings[0].Users.ShouldHaveSingleItem().UserId.ShouldBe("U1");
    }

    [Fact]
    public void Make_CollaboratorsKept_DoesNotWarn() =>
        AccessPlanner.Make(Collaborators("U1"), Named(["U1", "U3"])).Warnings.ShouldBeEmpty();

    [Fact]
    public void Make_ToEveryone_WarnsAndIsOneCall()
    {
        var plan = AccessPlanner.Make(Named(["U1"]), Everyone);

        plan.Warns(AccessWarningKind.EveryoneGains).ShouldBeTrue();
        plan.ChangesType.ShouldBeTrue();
        plan.Loses.ShouldBeEmpty();
        plan.Calls.ShouldHaveSingleItem().PermissionType.ShouldBe(PermissionTypes.Everyone);
    }

    [Fact]
    public void Make_FromEveryoneToNamed_NobodyGainsAndTheRestLoses()
    {
        var plan = AccessPlanner.Make(Everyone, Named(["U1"]));

        plan.Gains.ShouldBeEmpty();
        plan.Warns(AccessWarningKind.EveryoneLoses).ShouldBeTrue();
    }

    [Fact]
    public void Make_FromEveryoneWithNamesLeftOver_NamesNobodyWhoLoses() =>
        AccessPlanner.Make(AccessList.Of(PermissionTypes.Everyone, ["U2"]), Named(["U1"])).Loses.ShouldBeEmpty("everyone does");

    [Fact]
    public void Make_OwnUserWhoLosesAccess_IsNamedAsTheListNamesThem()
    {
        var own = new AccessUser("U1", "ada");

        var plan = AccessPlanner.Make(Named([]) with { Users = [own, new AccessUser("U2")] }, Named(["U2"]), "U1");

        plan.Warnings.Single(warning => warning.Kind == AccessWarningKind.OwnUserLoses).Users.ShouldBe([own]);
    }

    [Fact]
    public void Make_NobodyLeft_Warns() =>
        AccessPlanner.Make(Named(["U1"]), Named([])).Warnings.ShouldHaveSingleItem().Code.ShouldBe("nobody_left");

    [Theory]
    [InlineData("U1", true)]
    [InlineData("U2", false)]
    [InlineData("U9", false)]
    public void Make_OwnUser_WarnsWhenTheyLoseAccess(string own, bool warns) =>
        AccessPlanner.Make(Named(["U1", "U2"]), Named(["U2"]), own).Warns(AccessWarningKind.OwnUserLoses).ShouldBe(warns);

    [Fact]
    public void Make_FromSystem_WarnsThatSlackMayRefuse() =>
        AccessPlanner.Make(AccessList.Of(PermissionTypes.System), Named(["U1"])).Warns(AccessWarningKind.TypeMayBeRefused).ShouldBeTrue();

    [Fact]
    public void Basis_SameAccess_IsTheSame()
    {
        Named(["U1", "U2"]).Basis.ShouldBe(Named(["U2", "U1"]).Basis);
        Collaborators("U1").Basis.ShouldBe(Collaborators("U2").Basis);
        Named(["U1"]).Basis.ShouldNotBe(Named([], ["U1"]).Basis);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsOnTheWay_ForeignPerson_IsNot(bool wasSet) =>
        AccessPlanner.IsOnTheWay(Named(["U1"]), Named(["U2"]), Named(["U1", "U9"]), wasSet).ShouldBeFalse();

    [Fact]
    public void IsOnTheWay_KeptPersonGone_IsOnlyAfterASet()
    {
        AccessPlanner.IsOnTheWay(Named(["U1", "U2"]), Named(["U1", "U3"]), Named(["U2"]), wasSet: false).ShouldBeFalse();
        AccessPlanner.IsOnTheWay(Named(["U1", "U2"]), Named(["U1", "U3"]), Named(["U2"]), wasSet: true).ShouldBeTrue();
    }

    [Fact]
    public void IsOnTheWay_OneOfSeveralKeptPeopleGone_IsNot() =>
        AccessPlanner.IsOnTheWay(Named(["U1", "U2"]), Named(["U1", "U2", "U3"]), Named(["U1"]), wasSet: false).ShouldBeFalse();

    [Fact]
    public void IsOnTheWay_OfAnotherType_IsOnlyTheOldOrTheNewOne()
    {
        AccessPlanner.IsOnTheWay(Everyone, Named(["U1"]), Everyone, wasSet: false).ShouldBeTrue();
        AccessPlanner.IsOnTheWay(Everyone, Named(["U1"]), Named(["U1"]), wasSet: true).ShouldBeTrue();
        AccessPlanner.IsOnTheWay(Everyone, Named(["U1"]), Collaborators("U1"), wasSet: true).ShouldBeFalse();
    }

    private static AccessList Named(string[] users, string[]? teams = null) => AccessList.Of(PermissionTypes.NamedEntities, users, teams);

    private static AccessList Collaborators(params string[] users) => AccessList.Of(PermissionTypes.AppCollaborators, users);
}
