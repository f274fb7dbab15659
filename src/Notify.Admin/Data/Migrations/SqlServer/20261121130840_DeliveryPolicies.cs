using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class DeliveryPolicies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Delivery",
                table: "SlackIntegrations",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Delivery",
                table: "DingTalkChatbots",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "RepeatOf",
                table: "Deliveries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DrillAt",
                table: "ChannelLanes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DrillPlan",
                table: "ChannelLanes",
                type: "nvarchar(128)",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "LastDrillAccepted",
                table: "ChannelLanes",
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastDrillAt",
                table: "ChannelLanes",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ChannelOutages",
                columns: table => new
                {
                    LaneId = table.Column<long>(type: "bigint", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false),
                    ToldKind = table.Column<int>(type: "int", nullable: false),
                    ToldId = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChannelOutages", x => x.LaneId);
                });

            migrationBuilder.CreateTable(
                name: "Chores",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    TakenUntil = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Chores", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "RepeatCounters",
                columns: table => new
                {
                    LaneId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    FirstDeliveryId = table.Column<long>(type: "bigint", nullable: false),
                    Since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepeatCounters", x => new { x.LaneId, x.Key });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_RepeatOf",
                table: "Deliveries",
                column: "RepeatOf",
                filter: "\"RepeatOf\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_RepeatCounters_Since",
                table: "RepeatCounters",
                column: "Since");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ChannelOutages");

            migrationBuilder.DropTable(
                name: "Chores");

            migrationBuilder.DropTable(
                name: "RepeatCounters");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_RepeatOf",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Delivery",
                table: "SlackIntegrations");

            migrationBuilder.DropColumn(
                name: "Delivery",
                table: "DingTalkChatbots");

            migrationBuilder.DropColumn(
                name: "RepeatOf",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "DrillAt",
                table: "ChannelLanes");

            migrationBuilder.DropColumn(
                name: "DrillPlan",
                table: "ChannelLanes");

            migrationBuilder.DropColumn(
                name: "LastDrillAccepted",
                table: "ChannelLanes");

            migrationBuilder.DropColumn(
                name: "LastDrillAt",
                table: "ChannelLanes");
        }
    }
}
