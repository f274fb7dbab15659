using Notify.Admin.FunctionAccess;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class BulkAccessTests
{
    private static readonly AccessUser Ann = new("U1", "ann");

    [Fact]
    public void WithPerson_Joiner_IsAddedOnce()
    {
        BulkAccess.WithPerson(Function("U2"), Ann, gives: true).Wanted!.UserIds.ShouldBe(["U2", "U1"]);
        BulkAccess.WithPerson(Function("U1"), Ann, gives: true).Skip.ShouldBe(BulkSkip.Nothing);
    }

    [Fact]
    public void WithPerson_Leaver_IsTakenOff()
    {
        BulkAccess.WithPerson(Function("U1", "U2"), Ann, gives: false).Wanted!.UserIds.ShouldBe(["U2"]);
        BulkAccess.WithPerson(Function("U2"), Ann, gives: false).Skip.ShouldBe(BulkSkip.Nothing);
    }

    [Theory]
    [InlineData(PermissionTypes.Everyone, BulkSkip.Everyone)]
    [InlineData(PermissionTypes.AppCollaborators, BulkSkip.Collaborators)]
    [InlineData(PermissionTypes.System, BulkSkip.System)]
    public void WithPerson_OtherType_IsLeftOutAndSaysWhy(string type, BulkSkip skip) =>
        BulkAccess.WithPerson(Function(AccessList.Of(type)), Ann, gives: true).Skip.ShouldBe(skip);

    [Fact]
    public void WithPerson_Drifted_IsLeftOut()
    {
        var function = Function("U1");
        function.Seen(AccessList.Of(PermissionTypes.NamedEntities, ["U1", "U9"]), default);

        BulkAccess.WithPerson(function, Ann, gives: false).Skip.ShouldBe(BulkSkip.Drifted);
    }

    [Fact]
    public void CopyOf_AnotherList_IsTaken()
    {
        BulkAccess.CopyOf(Function("U1"), Function("U2", "U3")).Wanted!.UserIds.ShouldBe(["U2", "U3"]);
        BulkAccess.CopyOf(Function("U1"), Function("U1")).Skip.ShouldBe(BulkSkip.Nothing);
        BulkAccess.CopyOf(Function("U1"), Function(AccessList.Of(PermissionTypes.System))).Skip.ShouldBe(BulkSkip.System);
    }

    private static ManagedFunction Function(params string[] users) => Function(AccessList.Of(PermissionTypes.NamedEntities, users));

    private static ManagedFunction Function(AccessList list)
    {
        var function = new ManagedFunction { WorkspaceId = 1, Name = "f", Key = "Fn1", FunctionId = "Fn1", Wanted = list,
            CreatedBy = "test" };
        function.Seen(list, default);
        return function;
    }
}
