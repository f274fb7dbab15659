using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Data;

public class WriteTurnsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_WhileTaken_WaitsForTheEnd()
    {
        var turns = new WriteTurns();
        var first = await turns.EnterAsync(false, Stop);
        var second = turns.EnterAsync(false, Stop).AsTask();
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task Leave_WithBothKindsWaiting_LetsThePromptGoFirst()
    {
        var turns = new WriteTurns();
        var now = await turns.EnterAsync(true, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();
        var prompt = turns.EnterAsync(false, Stop).AsTask();

        now.Dispose();

        var turn = await prompt;
        patient.IsCompleted.ShouldBeFalse();
        turn.Dispose();
        (await patient).Dispose();
    }

    [Fact]
    public async Task Leave_AfterTheLimitOfPromptTurns_LetsAPatientOneIn()
    {
        var turns = new WriteTurns();
        var now = await turns.EnterAsync(false, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();
        // Each prompt turn takes a while, and there always is a next one.
        for (var i = 0; i < 1000 && !patient.IsCompleted; i++)
        {
            var next = turns.EnterAsync(false, Stop).AsTask();
            SpinWait.SpinUntil(() => false, 1);
            now.Dispose();
            now = await Task.WhenAny(next, patient).Unwrap();
        }

        patient.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Enter_GivenUpWhileWaiting_IsPassedOver()
    {
        var turns = new WriteTurns();
        var now = await turns.EnterAsync(false, Stop);
        using var impatient = new CancellationTokenSource();
        var gone = turns.EnterAsync(false, impatient.Token).AsTask();
        var next = turns.EnterAsync(false, Stop).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone);

        now.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task Dispose_Twice_EndsOneTurnOnly()
    {
        var turns = new WriteTurns();
        var first = await turns.EnterAsync(false, Stop);
        var second = turns.EnterAsync(false, Stop).AsTask();
        var third = turns.EnterAsync(false, Stop).AsTask();

        first.Dispose();
        first.Dispose();

        (await second).ShouldNotBeNull();
        third.IsCompleted.ShouldBeFalse();
    }
}
