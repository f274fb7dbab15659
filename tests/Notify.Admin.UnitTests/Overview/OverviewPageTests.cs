using System.Reflection;
using Notify.Admin.Data;
using Notify.Admin.Overview;

namespace Notify.Admin.UnitTests.Overview;

public sealed class OverviewPageTests
{
    [Fact]
    public void Areas_AreAllThatWhatItShowsComesFrom()
    {
        var areas = (IReadOnlyList<string>)typeof(OverviewPage).GetProperty("Areas", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(new OverviewPage())!;

        ChangeAreas.Attention.ShouldBeSubsetOf(areas);
        areas.ShouldContain(ChangeAreas.Events);
    }
}
