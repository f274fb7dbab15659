using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class DeliveryTotals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "FailedCount",
                table: "ChannelLanes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "GivenUpCount",
                table: "ChannelLanes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "SentCount",
                table: "ChannelLanes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "SkippedCount",
                table: "ChannelLanes",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // What ended before the lanes counted it.
            foreach (var (column, state) in new[] { ("SentCount", 10), ("FailedCount", 11), ("GivenUpCount", 12), ("SkippedCount", 13) })
            {
                migrationBuilder.Sql(
                    $"""
                    UPDATE "ChannelLanes" SET "{column}" = (
                        SELECT COUNT(*) FROM "Deliveries" d
                        WHERE d."ChannelKind" = "ChannelLanes"."ChannelKind" AND d."ChannelId" = "ChannelLanes"."ChannelId" AND d."State" = {state})
                    """);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "FailedCount",
                table: "ChannelLanes");

            migrationBuilder.DropColumn(
                name: "GivenUpCount",
                table: "ChannelLanes");

            migrationBuilder.DropColumn(
                name: "SentCount",
                table: "ChannelLanes");

            migrationBuilder.DropColumn(
                name: "SkippedCount",
                table: "ChannelLanes");
        }
    }
}
