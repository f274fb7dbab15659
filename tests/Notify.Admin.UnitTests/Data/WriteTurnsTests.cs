using System.Diagnostics;
using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Data;

public class WriteTurnsTests
{
    private long _now;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_WhileTaken_WaitsForTheEnd()
    {
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var second = turns.EnterAsync(false, Stop).AsTask();
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task IsAwaited_OnlyByThoseWhoAreNotPatient()
    {
        var turns = new WriteTurns(() => _now);
        var now = await turns.EnterAsync(true, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();
        turns.IsAwaited.ShouldBeFalse();

        var prompt = turns.EnterAsync(false, Stop).AsTask();
        turns.IsAwaited.ShouldBeTrue();
        now.Dispose();
        turns.IsAwaited.ShouldBeFalse();

        (await prompt).Dispose();
        (await patient).Dispose();
    }

    [Fact]
    public async Task Leave_WithBothKindsWaiting_LetsThePromptGoFirst()
    {
        var turns = new WriteTurns(() => _now);
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
    public async Task Leave_WhilePatientOnesWait_OwesThemHalfOfWhatPromptOnesTake()
    {
        var turns = new WriteTurns(() => _now);
        var now = await turns.EnterAsync(false, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();

        // Ten milliseconds each: half of four is the slice of twenty.
        for (var prompt = 1; prompt <= 4; prompt++)
        {
            patient.IsCompleted.ShouldBeFalse($"before the end of turn {prompt}");
            var next = turns.EnterAsync(false, Stop).AsTask();
            Pass(10);
            now.Dispose();
            now = await Task.WhenAny(next, patient).Unwrap();
        }

        patient.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Leave_OfAPatientOne_PaysForItsTime()
    {
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();
        var patientToo = turns.EnterAsync(true, Stop).AsTask();
        var prompt = turns.EnterAsync(false, Stop).AsTask();
        Pass(40);
        first.Dispose();
        var turn = await patient;

        Pass(20);
        turn.Dispose();

        var next = await prompt;
        patientToo.IsCompleted.ShouldBeFalse();
        next.Dispose();
        (await patientToo).Dispose();
    }

    [Fact]
    public async Task Leave_OfOneThatTookForAges_OwesThePatientNoMoreThanTwoSlices()
    {
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var patient = Enumerable.Range(0, 3).Select(_ => turns.EnterAsync(true, Stop).AsTask()).ToArray();
        var prompt = turns.EnterAsync(false, Stop).AsTask();
        Pass(60_000);
        first.Dispose();

        foreach (var owed in patient[..2])
        {
            var turn = await owed;
            Pass(20);
            turn.Dispose();
        }

        (await prompt).ShouldNotBeNull();
        patient[2].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Leave_OfAPatientOneWhomAPromptOneWaitedFor_PaysAlsoWhereNoPatientOneWaits()
    {
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();
        Pass(40);
        first.Dispose();
        var turn = await patient;
        var prompt = turns.EnterAsync(false, Stop).AsTask();
        Pass(20);
        turn.Dispose();

        await ThePromptOneIsNextAsync(turns, await prompt);
    }

    [Fact]
    public async Task Leave_OfAPatientOneWhomNobodyPromptWaitedFor_CostsThemNothing()
    {
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var patient = turns.EnterAsync(true, Stop).AsTask();
        Pass(40);
        first.Dispose();
        var turn = await patient;
        var second = turns.EnterAsync(true, Stop).AsTask();
        Pass(20);
        turn.Dispose();
        turn = await second;

        var third = turns.EnterAsync(true, Stop).AsTask();
        var prompt = turns.EnterAsync(false, Stop).AsTask();
        turn.Dispose();

        (await Task.WhenAny(third, prompt)).ShouldBeSameAs(third, "they are still owed a slice");
    }

    [Fact]
    public async Task Leave_OfAPromptOneWhomNobodyPatientWaitedFor_OwesNothing()
    {
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var second = turns.EnterAsync(false, Stop).AsTask();
        Pass(60);
        first.Dispose();

        await ThePromptOneIsNextAsync(turns, await second);
    }

    [Fact]
    public async Task Leave_OfAPatientOneThatTookLongerThanItWasOwed_LeavesNoDebt()
    {
        var turns = new WriteTurns(() => _now);
        var turn = await turns.EnterAsync(true, Stop);
        var prompt = turns.EnterAsync(false, Stop).AsTask();
        Pass(100);
        turn.Dispose();
        turn = await prompt;

        var patient = turns.EnterAsync(true, Stop).AsTask();
        prompt = turns.EnterAsync(false, Stop).AsTask();
        Pass(40);
        turn.Dispose();

        (await Task.WhenAny(patient, prompt)).ShouldBeSameAs(patient, "half of forty is a slice");
    }

    [Fact]
    public async Task Enter_GivenUpWhileWaiting_IsPassedOver()
    {
        var turns = new WriteTurns(() => _now);
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
        var turns = new WriteTurns(() => _now);
        var first = await turns.EnterAsync(false, Stop);
        var second = turns.EnterAsync(false, Stop).AsTask();
        var third = turns.EnterAsync(false, Stop).AsTask();

        first.Dispose();
        first.Dispose();

        (await second).ShouldNotBeNull();
        third.IsCompleted.ShouldBeFalse();
    }

    private static async Task ThePromptOneIsNextAsync(WriteTurns turns, IDisposable holder)
    {
        var patient = turns.EnterAsync(true, Stop).AsTask();
        var prompt = turns.EnterAsync(false, Stop).AsTask();
        holder.Dispose();
        (await Task.WhenAny(patient, prompt)).ShouldBeSameAs(prompt);
    }

    private void Pass(int milliseconds) => _now += milliseconds * Stopwatch.Frequency / 1000;
}
