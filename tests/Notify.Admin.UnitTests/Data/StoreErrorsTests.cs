using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.UnitTests.Data;

/// <summary>What each provider's failures mean.</summary>
public sealed class StoreErrorsTests
{
    [Theory]
    [InlineData(19, 2067, "Duplicate")]
    [InlineData(19, 1555, "Duplicate")]
    [InlineData(19, 787, "Reference")]
    [InlineData(19, 1299, "Lasting")]   // NOT NULL
    [InlineData(19, 1811, "Lasting")]   // a trigger
    [InlineData(18, 18, "Lasting")]     // too big
    [InlineData(11, 11, "Lasting")]     // corrupt
    [InlineData(1, 1, "Lasting")]
    [InlineData(5, 517, "Passing")]     // busy
    [InlineData(13, 13, "Passing")]     // full
    [InlineData(10, 778, "Passing")]    // disk
    [InlineData(14, 14, "Passing")]
    [InlineData(8, 8, "Passing")]       // read-only
    public void Of_Sqlite(int code, int extended, string meaning) =>
        StoreErrors.Of(new SqliteException("x", code, extended)).ToString().ShouldBe(meaning);

    [Theory]
    [InlineData("23505", "Duplicate")]
    [InlineData("23503", "Reference")]
    [InlineData("23001", "Reference")]
    [InlineData("42P04", "DatabaseExists")]
    [InlineData("22001", "Lasting")]    // too long for its column
    [InlineData("22021", "Lasting")]    // NUL
    [InlineData("22P05", "Lasting")]
    [InlineData("23502", "Lasting")]
    [InlineData("23514", "Lasting")]
    [InlineData("42P01", "Lasting")]
    [InlineData("40001", "Passing")]
    [InlineData("40P01", "Passing")]
    [InlineData("25006", "Passing")]    // failed over
    [InlineData("53100", "Passing")]    // disk full
    [InlineData("55P03", "Passing")]
    [InlineData("57P01", "Passing")]    // shut down
    [InlineData("08006", "Passing")]
    [InlineData("58030", "Passing")]
    public void Of_Postgres(string state, string meaning) =>
        StoreErrors.Of(new PostgresException("x", "ERROR", "ERROR", state)).ToString().ShouldBe(meaning);

    [Theory]
    [InlineData(2627, "Duplicate")]
    [InlineData(2601, "Duplicate")]
    [InlineData(547, "Reference")]
    [InlineData(1801, "DatabaseExists")]
    [InlineData(1205, "Passing")]       // deadlock victim
    [InlineData(1222, "Passing")]       // lock timeout
    [InlineData(-2, "Passing")]         // command timeout
    [InlineData(4060, "Passing")]
    [InlineData(40613, "Passing")]      // failing over
    [InlineData(9002, "Passing")]       // log full
    [InlineData(2628, "Lasting")]       // too long for its column
    [InlineData(8152, "Lasting")]
    [InlineData(515, "Lasting")]
    [InlineData(207, "Lasting")]
    public void Of_SqlServer(int number, string meaning) => StoreErrors.Of(SqlServerFailure.Of(number)).ToString().ShouldBe(meaning);

    [Theory]
    [InlineData(1205, true)]
    [InlineData(40613, true)]
    [InlineData(4060, true)]
    [InlineData(-2, false)]             // a time-out: it may have been done
    [InlineData(10054, false)]          // a lost connection: so may this
    [InlineData(2627, false)]
    public void WasNotDone_OnlyWhereTheServerSaysSo(int number, bool expected)
    {
        StoreErrors.WasNotDone(SqlServerFailure.Of(number)).ShouldBe(expected);
        StoreErrors.WasNotDone(new DbUpdateException("x", SqlServerFailure.Of(number))).ShouldBe(expected);
    }

    [Fact]
    public void Of_WhatWrapsIt_IsTheSame()
    {
        StoreErrors.Of(new DbUpdateException("x", SqlServerFailure.Of(2627))).ShouldBe(StoreError.Duplicate);
        StoreErrors.Of(new InvalidOperationException("x", new DbUpdateException("y", SqlServerFailure.Of(1205)))).ShouldBe(StoreError.Passing);
        StoreErrors.Of(new NpgsqlException("x", new SocketException())).ShouldBe(StoreError.Passing);
        StoreErrors.Of(new NpgsqlException("x", new TimeoutException())).ShouldBe(StoreError.Passing);
        StoreErrors.Of(new NpgsqlException("x", new System.Text.EncoderFallbackException())).ShouldBe(StoreError.Lasting);
        StoreErrors.Of(new TimeoutException()).ShouldBe(StoreError.Passing);
        StoreErrors.Of(new InvalidOperationException("a defect")).ShouldBe(StoreError.Lasting);
        StoreErrors.Of(new DbUpdateConcurrencyException("x")).ShouldBe(StoreError.Lasting);
    }

    [Fact]
    public async Task Contention_VictimOfADeadlock_IsTriedAgain()
    {
        var tries = 0;
        var result = await Contention.TryAsync("thing", () => ++tries switch
        {
            1 => throw new DbUpdateException("x", SqlServerFailure.Of(1205)),
            2 => throw new InvalidOperationException("x", new PostgresException("x", "ERROR", "ERROR", "40P01")),
            _ => Task.FromResult((true, tries)),
        });

        result.ShouldBe(3);
        await Should.ThrowAsync<DbUpdateException>(
            () => Contention.TryAsync<int>("thing", () => throw new DbUpdateException("x", SqlServerFailure.Of(2628))));
    }
}
