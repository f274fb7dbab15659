using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.FunctionAccess;

/// <summary>The store's answers wait for the test.</summary>
public sealed class BulkPageTests : FunctionAccessPageTest
{
    private WaitingContexts _contexts = null!;

    [Fact]
    public async Task Plan_OfAPerson_ThatComesAfterAnotherTabWasChosen_IsNotShownThere()
    {
        ComponentFactories.AddStub<PeoplePicker>();
        ComponentFactories.AddStub<BulkChange>();
        var page = RenderAs<BulkPage>(Roles.Admin);
        page.WaitForAssertion(() => page.FindComponents<Stub<PeoplePicker>>().ShouldNotBeEmpty());
        var gate = new TaskCompletionSource();
        _contexts.Gate = gate.Task;

        var planning = PickAsync(page, "U3");
        page.Act(() => page.FindAll("[role=tab]")[1], tab => tab.Click());
        gate.SetResult();
        await planning;

        page.FindComponents<Stub<BulkChange>>().ShouldBeEmpty();
        await PickAsync(page, "U1");
        page.FindComponents<Stub<BulkChange>>().Count.ShouldBe(1);
    }

    private protected override IDbContextFactory<NotifyDbContext> Over(IDbContextFactory<NotifyDbContext> contexts) =>
        _contexts = new WaitingContexts(contexts);

    private static Task PickAsync(IRenderedComponent<BulkPage> page, string id) => page.InvokeAsync(() =>
        page.FindComponent<Stub<PeoplePicker>>().Instance.Parameters.Get(picker => picker.OnPicked)
            .InvokeAsync(new AccessUser(id, "ann", "ann@example.test")));

    private sealed class WaitingContexts(IDbContextFactory<NotifyDbContext> inner) : IDbContextFactory<NotifyDbContext>
    {
        public Task Gate { get; set; } = Task.CompletedTask;

        public NotifyDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<NotifyDbContext> CreateDbContextAsync(CancellationToken cancellationToken)
        {
            await Gate;
            return await inner.CreateDbContextAsync(CancellationToken.None);
        }
    }
}
